// The page in which Firefox performs every act that negotiates, and makes the same calls bare.
import { compareDescriptions, type Compared } from '../../support/negotiating-acts.ts';

/** What the test calls in the page. */
export interface ActsPage {
  readonly compareDescriptions: () => Promise<Compared>;
}

const acts: ActsPage = { compareDescriptions };
Object.assign(globalThis, { acts });
