import { serveEngine } from '../engine/serve-engine';
import { openTestEngine } from '../engine/test-engine';

/** An engine process whose nodes are those of tests; bundled by the tests that start it. */
serveEngine(async ({ store }) => (await openTestEngine({ root: store })).parts);
