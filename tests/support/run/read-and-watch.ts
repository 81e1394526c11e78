// Asks k6's metrics on the port that is named, watches it as well, and waits for neither.
import { openK6Metrics } from '../../../scripts/generator/generator-request.ts'
import { watchGenerator } from './watch-generator.ts'

const port = Number(process.argv[2])
void openK6Metrics(port, 600_000).read()
watchGenerator({ port, ownPids: () => [] })
