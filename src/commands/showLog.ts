import type { LogOutputChannel } from 'vscode';
import type { Handler } from './handler';

/** Shows the log of requests. */
export function showLog(log: LogOutputChannel): Handler {
  return () => {
    log.show();
  };
}
