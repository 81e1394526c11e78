import type { InjectOptions } from 'fastify'
import type { TestContext } from 'node:test'
import { createSandbox } from '../../../sandbox/app.ts'
import { SANDBOX_PASSWORD, usernameOf } from '../../../sandbox/seed-users.ts'
import { DEFAULT_SETTINGS, type SandboxSettings } from '../../../sandbox/settings.ts'
import { loadSystems } from '../../../sandbox/system.ts'
import type { TokenPair } from '../../../sandbox/tokens.ts'

const INSTANT = {
  databaseRoundTripMs: 0,
  modelMedianMs: 0,
  modelBatchMedianMs: 0,
  users: 20,
}

/** A real sandbox that answers at once, closed when the test ends. Latencies come by `overrides`. */
export async function openSandbox(
  test: TestContext,
  overrides: Partial<SandboxSettings> & Record<string, number> = {},
  { nowMs, systems = [] }: { nowMs?: () => number; systems?: readonly string[] } = {},
) {
  const settings = { ...DEFAULT_SETTINGS, ...INSTANT, ...overrides }
  const loaded = await loadSystems(systems)
  const sandbox = await createSandbox(settings, { ...(nowMs && { nowMs }), systems: loaded })
  test.after(() => sandbox.close())
  const { app } = sandbox

  const send = async (options: InjectOptions) => {
    const response = await app.inject(options)
    return { status: response.statusCode, text: response.body, json: bodyOf(response.body) }
  }
  return {
    ...sandbox,
    send,
    /** Logs in as the nth seeded user. */
    login: async (number = 1): Promise<TokenPair> => {
      const payload = { username: usernameOf(number), password: SANDBOX_PASSWORD }
      return (await app.inject({ method: 'POST', url: '/v1/auth/login', payload })).json()
    },
    /** Sends with a bearer token; with a payload it is a POST. */
    as: (token: string, url: string, payload?: object) =>
      send({
        method: payload === undefined ? 'GET' : 'POST',
        url,
        headers: { authorization: `Bearer ${token}` },
        ...(payload === undefined ? {} : { payload }),
      }),
    /** Sends with any method and a bearer token. */
    ask: (method: 'GET' | 'PUT' | 'PATCH' | 'POST', url: string, how: Ask) =>
      send({
        method,
        url,
        headers: { authorization: `Bearer ${how.token}` },
        ...(how.payload === undefined ? {} : { payload: how.payload }),
      }),
    /** The value of one series, as `/metrics` shows it; `undefined` when it is not there. */
    metric: async (series: string): Promise<number | undefined> => {
      const { text } = await send({ url: '/metrics' })
      const line = text.split('\n').find((each) => each.startsWith(`${series} `))
      return line === undefined ? undefined : Number(line.slice(series.length))
    },
  }
}

interface Ask {
  token: string
  payload?: object
}

/** Tests read a few fields of many shapes; what is missing shows up as a failed assertion. */
interface AnyBody {
  [field: string]: unknown
  error?: { code: string; message: string }
  results?: { id: number; technique: string; cached: boolean; cost_usd: number }[]
  items?: { id: number; prompt: string }[]
}

function bodyOf(text: string): AnyBody {
  return text.startsWith('{') ? (JSON.parse(text) as AnyBody) : {}
}
