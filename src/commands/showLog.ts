import type { Log } from '../log';
import type { Handler } from './handler';

/** Shows the log of requests. */
export function showLog(log: Log): Handler {
  return () => {
    log.show();
  };
}
