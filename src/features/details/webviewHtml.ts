/** What the page's document refers to. Addresses are those that the webview may load. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
  readonly codicons: string;
  /** The source that `Webview.cspSource` names: the folder of the page alone is readable there. */
  readonly source: string;
  /** A random word that marks our own script and styles; a fresh one for each document. */
  readonly nonce: string;
  /** BCP 47, such as `de`. */
  readonly language: string;
}

/**
 * The document of the panel. Holds no text of a server, and lets nothing in but our own script, styles and icons: no
 * inline code, no image, no request.
 */
export function webviewHtml({ script, style, codicons, source, nonce, language }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${source} 'nonce-${nonce}'`,
    `font-src ${source}`,
    // These two do not follow `default-src`.
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${escaped(policy)}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Connections Explorer</title>
    <link rel="stylesheet" nonce="${nonce}" href="${escaped(codicons)}" id="vscode-codicon-stylesheet" />
    <link rel="stylesheet" nonce="${nonce}" href="${escaped(style)}" />
  </head>
  <body>
    <script id="page" type="module" nonce="${nonce}" src="${escaped(script)}"></script>
  </body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
