import { buildClientIfStale } from './build-client.ts'
import { main } from './main.ts'

/** The one command a teacher types: builds the client if it is older than its sources, then serves the game. */
if (buildClientIfStale((line) => process.stdout.write(`Nuageville: ${line}\n`))) await main()
else process.exitCode = 1
