// A target that answers at once, so that what is measured is the generator.
import { createServer } from 'node:http'

const ANSWER = JSON.stringify({ id: 1, technique: 'zero-shot', cost_usd: 0.001 })
const TOKEN = JSON.stringify({ access_token: 'a-token-of-everybody' })

const server = createServer((request, response) => {
  request.resume()
  const body = request.url.endsWith('/login') ? TOKEN : ANSWER
  const headers = { 'content-type': 'application/json', 'content-length': body.length }
  response.writeHead(200, headers).end(body)
}).listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
process.on('SIGTERM', () => process.exit(0))
