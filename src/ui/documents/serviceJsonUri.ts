import * as vscode from 'vscode';
import { serviceJsonFolder } from '../../shared/identifiers';
import { plainText } from '../../shared/plainText';
import { inertText } from '../inertText';

/** The parts of a URI besides the document's name. */
interface AddressParts {
  /** Tells documents with the same name apart. */
  readonly folder?: string;
  readonly query?: string;
}

/**
 * The URI of a document with JSON from a service. Its folder gives it a language of our own, unless the user
 * associates such files with another one: for documents of VS Code's JSON language, VS Code sends a request
 * to whatever address `$schema` contains. So the text must also go through `withoutSchemaReference`.
 * @param label names the document.
 */
export function serviceJsonUri(
  scheme: string,
  label: string,
  { folder = '', query = '' }: AddressParts = {},
): vscode.Uri {
  // VS Code shows document names in messages, in which it renders links.
  const name = inertText(plainText(label, 80)).replaceAll(/[\\/]/g, ' ');
  const file = name.endsWith('.json') ? name : `${name}.json`;
  const path = ['', serviceJsonFolder, folder, file].filter((step, at) => at === 0 || step !== '').join('/');
  return vscode.Uri.from({ scheme, path, query });
}
