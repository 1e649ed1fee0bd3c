import * as vscode from 'vscode';
import type { Event } from '../core/base/emitter';

/** One of our events as VS Code's, whose listeners may ask for a `this` and for a place to be disposed from. */
export function vscodeEvent<T>(event: Event<T>): vscode.Event<T> {
  return (listener, thisArgument, disposables) => {
    const stop = event((value) => {
      listener.call(thisArgument, value);
    });
    const registration = vscode.Disposable.from(stop);
    disposables?.push(registration);
    return registration;
  };
}
