import type { Status } from '../services/service';
import { plainText } from '../text/plainText';
import { statusText } from '../tree/statusText';
import type { StatusModel } from './models';

/** A status for the page. */
export function statusModel(status: Status): StatusModel {
  return { state: status.state, word: plainText(status.word), text: statusText(status) };
}
