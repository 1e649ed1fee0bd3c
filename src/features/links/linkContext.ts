import type { Store } from '../../core/store/store';
import type { Panels } from '../details/panels';

/** What links are made and opened with. */
export interface LinkContext {
  readonly store: Store;
  readonly panels: Pick<Panels, 'open'>;
  /** `publisher.name`, the authority of the URIs. */
  readonly extensionId: string;
}
