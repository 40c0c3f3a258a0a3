import * as fc from 'fast-check'

/**
 * Property tests draw the same cases on every machine, so that a red run is red again. `FUZZ_SEED` draws others: whoever
 * finds a case that fails adds it to the test's `examples`.
 */
const DEFAULT_SEED = 20_261_123

fc.configureGlobal({ seed: Number(process.env['FUZZ_SEED'] ?? DEFAULT_SEED) })
