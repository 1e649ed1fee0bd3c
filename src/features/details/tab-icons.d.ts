/** Made by `icons.js` at each build. */
declare module 'tab-icons' {
  /** The SVG of each icon, by its name. */
  export const pictures: Readonly<Partial<Record<string, string>>>;
}
