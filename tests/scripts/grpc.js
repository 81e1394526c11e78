import { check } from 'k6'
import { Client, StatusOK } from 'k6/net/grpc'

const client = new Client()
client.load([], './hello.proto')

export const options = { iterations: 3, thresholds: { grpc_req_duration: ['p(95)<10000'] } }

export default function () {
  client.connect(__ENV.GRPC, { plaintext: true })
  const { status } = client.invoke('hello.Greeter/Greet', { name: 'k6' })
  check(status, { ok: (code) => code === StatusOK })
  client.close()
}
