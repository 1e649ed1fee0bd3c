/**
 * What a command does. The tree hands over the path it was called on and, where several are selected, all of them;
 * the palette and key bindings hand over nothing; other extensions may hand over anything.
 */
export type Handler = (path?: unknown, paths?: unknown) => void | Promise<void>;
