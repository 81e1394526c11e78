import type { TestContext } from 'node:test'
import { openSandbox } from './test-client.ts'

type Method = 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE'

/** A sandbox with the Collection Store, and a user who is logged in. */
export async function openStore(test: TestContext, settings: Record<string, number> = {}) {
  const small = { storeRecords: 100, ...settings }
  const sandbox = await openSandbox(test, small, { systems: ['collection-store'] })
  const token = (await sandbox.login()).access_token
  const authorization = `Bearer ${token}`
  return {
    ...sandbox,
    token,
    /** Sends JSON below `/v1/store`, as the user. */
    ask: (method: Method, path: string, payload?: object) =>
      sandbox.send({
        method,
        url: `/v1/store/${path}`,
        headers: { authorization },
        ...(payload && { payload }),
      }),
    /** Sends bytes, and gives the response with its headers and its body as bytes. */
    bytes: (method: Method, path: string, payload?: Buffer) =>
      sandbox.app.inject({
        method,
        url: `/v1/store/${path}`,
        headers: { authorization, 'content-type': 'application/octet-stream' },
        ...(payload && { payload }),
      }),
  }
}
