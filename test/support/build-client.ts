import { buildClientIfStale } from '../../server/build-client.ts'

/** Runs once before all tests: the browser suites play what `npm start` would serve. */
export function setup(): void {
  if (!buildClientIfStale((line) => process.stdout.write(`browser tests: ${line}\n`)))
    throw new Error('the client does not build')
}
