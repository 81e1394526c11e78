// The same steps by the official client and by lib/mcp.ts in k6: what each step gave, as data that can be compared.
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { LoggingMessageNotificationSchema, type McpError } from '@modelcontextprotocol/sdk/types.js'
import { z } from 'zod'
import { errorReason } from '../lib/mcp/json-rpc.ts'
import { runLibrary } from './library-run.ts'

/** By the name of the step: its result, or the reason of its error. */
export type Outcomes = Record<string, unknown>

export const ARGUMENTS = { text: 'ünï "quoted"\n\ndata: x', list: [1, 2.5, null], deep: { a: {} } }

const CALLED = ['echo', 'fails', 'refuses', 'refuses-in-its-own-words', 'breaks', 'missing']

/** The steps in the official SDK's client. */
export async function sdkOutcomes(url: string): Promise<Outcomes> {
  const client = new Client({ name: 'tester', version: '9' })
  const transport = new StreamableHTTPClientTransport(new URL(url))
  await client.connect(transport)
  const outcomes: Outcomes = {
    server: [client.getServerVersion(), client.getServerCapabilities(), client.getInstructions()],
    tools: await allTools(client),
  }
  for (const name of CALLED)
    outcomes[name] = await client.callTool({ name, arguments: ARGUMENTS }).catch(reasonOf)
  const said: unknown[] = []
  client.setNotificationHandler(LoggingMessageNotificationSchema, ({ method, params }) => {
    said.push({ method, params })
  })
  const progress: unknown[] = []
  const onprogress = (each: unknown) => progress.push(each)
  const call = { name: 'steps', arguments: {} }
  const result = await client.callTool(call, undefined, { onprogress })
  outcomes['steps'] = { result, progress, said }
  const unknown = client.request({ method: 'prompts/get', params: { name: 'x' } }, z.any())
  outcomes['unknown method'] = await unknown.catch(reasonOf)
  await transport.terminateSession()
  await client.close()
  return outcomes
}

async function allTools(client: Client): Promise<unknown[]> {
  const tools: unknown[] = []
  let cursor: string | undefined
  do {
    const page = await client.listTools(cursor === undefined ? {} : { cursor })
    tools.push(...page.tools)
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return tools
}

const reasonOf = (error: McpError) => ({ reason: errorReason(error.code) })

const SCRIPT = `
import { mcpServer } from '../lib/mcp.ts'

const { tool, method, listTools, initialize, end } = mcpServer(__ENV.ROUTE, {
  clientInfo: { name: 'tester', version: '9' },
})
const names = JSON.parse(__ENV.CALLED)
const tools = Object.fromEntries([...names, 'steps'].map((name) => [name, tool(name)]))
const prompts = method('prompts/get')
const user = { target: __ENV.BASE_URL }
const sent = JSON.parse(__ENV.ARGUMENTS)

const reasonOf = (error) => {
  if (error.name !== 'OperationError') throw error
  return { reason: error.reason }
}
const attempt = (run) => {
  try {
    return run()
  } catch (error) {
    return reasonOf(error)
  }
}
const tell = (outcomes) => console.log('OUTCOMES ' + JSON.stringify(outcomes))
const accepting = { acceptToolErrors: true }

export default async function () {
  const { serverInfo, capabilities, instructions } = initialize(user)
  const outcomes = { server: [serverInfo, capabilities, instructions], tools: listTools(user) }
  const isAsync = __ENV.ASYNC === 'yes'
  if (isAsync) {
    const all = names.map((name) => tools[name].callAsync(user, sent, accepting).catch(reasonOf))
    const given = await Promise.all(all)
    names.forEach((name, index) => (outcomes[name] = given[index]))
  } else {
    for (const name of names) outcomes[name] = attempt(() => tools[name].call(user, sent, accepting))
  }
  const progress = []
  const said = []
  const options = {
    onProgress: (each) => progress.push(each),
    onNotification: (each) => said.push(each),
  }
  const result = tools.steps.call(user, {}, options)
  outcomes.steps = { result, progress, said }
  outcomes['unknown method'] = attempt(() => prompts.call(user, { name: 'x' }))
  end(user)
  tell(outcomes)
}
`

/** The steps in k6, by a plain script; the calls of tools one after the other, or all at once. */
export async function k6Outcomes(
  target: string,
  route: string,
  isAsync = false,
): Promise<Outcomes> {
  const env = {
    BASE_URL: target,
    ROUTE: route,
    CALLED: JSON.stringify(CALLED),
    ARGUMENTS: JSON.stringify(ARGUMENTS),
    ASYNC: isAsync ? 'yes' : 'no',
  }
  const args = ['--log-format', 'json']
  const { stderr } = await runLibrary({ script: { text: SCRIPT, folder: 'tests' }, env, args })
  const [, text] = /"msg":"OUTCOMES (.*?)","source"/.exec(stderr) ?? []
  if (text === undefined) throw new Error(`Expected outcomes of k6, got ${stderr}`)
  return JSON.parse(JSON.parse(`"${text}"`) as string) as Outcomes
}
