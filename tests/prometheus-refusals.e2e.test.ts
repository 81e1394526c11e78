// Before there is any load: does the receiver take what the run is going to write?
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { cli, type CliResult } from './cli.ts'
import { realK6 } from './k6.ts'
import { accept, remoteWriteServer } from './remote-write-server.ts'
import { skipWithoutPrometheus, startPrometheus } from './start-prometheus.ts'
import { startStream } from './streamed-run.ts'

let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
})

function smoke(...args: string[]): Promise<CliResult> {
  return cli(['smoke', ...args], { env: { K6_BIN } })
}

function assertRefused({ stdout, stderr, runs }: CliResult, expected: RegExp): void {
  assert.match(stderr, expected)
  assert.deepEqual(runs, [], 'nothing was to be started')
  assert.match(stdout, /^(using k6 .*)?$/)
}

describe('--prometheus refuses', { concurrency: 2 }, () => {
  test('a URL with a password, without repeating it', async () => {
    const result = await smoke('--prometheus', 'http://load:sesame@127.0.0.1:9090')
    assertRefused(result, /^error K6V_PROMETHEUS_URL: .*http:\/\/\*\*\*@127\.0\.0\.1:9090/)
    assert.doesNotMatch(result.stderr, /sesame/)
    assert.equal(result.exitCode, 2)
  })

  test('a server that is not there', async () => {
    const server = await remoteWriteServer(accept)
    await server.close()
    const result = await smoke('--prometheus', server.url)
    assertRefused(result, /K6V_PROMETHEUS_UNREACHABLE: .*ECONNREFUSED\n +Start it/)
    assert.equal(result.exitCode, 1)
  })

  test('wrong credentials', async (context) => {
    const server = await remoteWriteServer((response) => {
      response.statusCode = 401
      response.end('unauthorized')
    })
    context.after(server.close)
    const result = await smoke('--prometheus', server.url)
    assertRefused(
      result,
      /K6V_PROMETHEUS_REFUSES: .*401: unauthorized\n +Set K6_PROMETHEUS_RW_USER/,
    )
  })

  test('the same output twice', async (context) => {
    const server = await remoteWriteServer(accept)
    context.after(server.close)
    const result = await smoke('--prometheus', server.url, '--out', 'experimental-prometheus-rw')
    assertRefused(result, /K6V_PROMETHEUS_TWICE/)
  })

  test('trend statistics without it', async () => {
    assertRefused(await smoke('--prometheus-trend-stats'), /K6V_WRONG_USAGE/)
  })
})

describe('a Prometheus', { skip: skipWithoutPrometheus(), concurrency: 2 }, () => {
  test('without the receiver is refused with its flag', async (context) => {
    const prometheus = await startPrometheus({ remoteWrite: false })
    context.after(prometheus.close)
    const result = await smoke('--prometheus', prometheus.url)
    assertRefused(
      result,
      /status 404.*\n +Start Prometheus with --web\.enable-remote-write-receiver/,
    )
  })

  test('without native histograms is refused, and takes --prometheus-trend-stats', async (context) => {
    const prometheus = await startPrometheus({ nativeHistograms: false })
    context.after(prometheus.close)
    const result = await smoke('--prometheus', prometheus.url)
    assertRefused(result, /native histograms.*\n.*--prometheus-trend-stats/)

    const { ended } = await startStream(['smoke', '--prometheus-trend-stats'], prometheus.url, {
      env: { K6_BIN },
    })
    const { verdict } = await ended
    const p95 = await prometheus.query('max_over_time(k6_http_req_duration_p95[10m])')
    assert.ok(p95.length >= 3)
    assert.equal(verdict.prometheus?.lost, 0)
  })
})

test('--out opentelemetry and its settings reach k6', async (context) => {
  const server = await remoteWriteServer(accept)
  context.after(server.close)
  const result = await cli(['smoke', '--out', 'opentelemetry'], {
    env: {
      K6_BIN,
      K6_OTEL_EXPORTER_PROTOCOL: 'http/protobuf',
      K6_OTEL_HTTP_EXPORTER_INSECURE: 'true',
      K6_OTEL_HTTP_EXPORTER_ENDPOINT: new URL(server.url).host,
      K6_OTEL_EXPORT_INTERVAL: '200ms',
    },
  })
  assert.ok(server.requests.length > 0, result.stdout + result.stderr)
  assert.equal(server.requests[0]?.url, '/v1/metrics')
})
