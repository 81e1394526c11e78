// A target that answers at once, so that what is measured is the generator.
import { createServer } from 'node:http'

const ANSWER = JSON.stringify({ id: 1, technique: 'zero-shot', cost_usd: 0.001 })
const HEADERS = { 'content-type': 'application/json', 'content-length': ANSWER.length }

const server = createServer((request, response) => {
  request.resume()
  response.writeHead(200, HEADERS).end(ANSWER)
}).listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
process.on('SIGTERM', () => process.exit(0))
