/** Webview URIs of the resources of the document. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
  readonly codicons: string;
  /** `Webview.cspSource`, which covers only the folder of the webview's files. */
  readonly source: string;
  /** CSP nonce of our own script and styles; new for each document. */
  readonly nonce: string;
  /** BCP 47, such as `de`. */
  readonly language: string;
}

/**
 * The HTML document of the panel. Contains no server text; its CSP allows only our own script, styles and icons: no
 * inline code, images or requests.
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
