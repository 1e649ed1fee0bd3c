import * as vscode from 'vscode';
import { serviceJsonFolder } from '../../shared/identifiers';
import { plainText } from '../../shared/plainText';
import { inertText } from '../inertText';

/** What an address holds besides its name. */
interface AddressParts {
  /** Keeps documents of the same name apart. */
  readonly folder?: string;
  readonly query?: string;
}

/**
 * The address of a document with JSON that a service wrote. Its folder gives it a language of our own, unless the user
 * associates such files with another: for one in VS Code's language JSON, VS Code sends a request to whatever address
 * the member `$schema` names. So its text must come by way of `withoutSchemaReference`, too.
 * @param label names the document.
 */
export function serviceJsonUri(
  scheme: string,
  label: string,
  { folder = '', query = '' }: AddressParts = {},
): vscode.Uri {
  // VS Code names documents in messages, which draw links.
  const name = inertText(plainText(label, 80)).replaceAll(/[\\/]/g, ' ');
  const file = name.endsWith('.json') ? name : `${name}.json`;
  const path = ['', serviceJsonFolder, folder, file].filter((step, at) => at === 0 || step !== '').join('/');
  return vscode.Uri.from({ scheme, path, query });
}
