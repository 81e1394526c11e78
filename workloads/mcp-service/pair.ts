// The overhead of the protocol: each step is made by a tool and by the plain API, one right after the other.
import { Trend } from 'k6/metrics'
import type { CallOptions } from '../../lib/mcp.ts'
import type { Random } from '../../lib/random.ts'
import type { Response, Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import {
  API_APPROVE,
  API_ENHANCE,
  API_VALIDATE,
  apiApproved,
  apiEnhanced,
  apiValidated,
  APPROVE,
  approved,
  documentOf,
  ENHANCE,
  enhanced,
  VALIDATE,
  validated,
} from './service.ts'

/** Duration of the tool call minus that of the API call for the same work, both by k6's http_req_duration. */
const overhead = new Trend('mcp_overhead', true)

/** One document for each way: validated, approved and enhanced. */
export const pair = (session: Session, { index, random }: IterationData): void => {
  const content = documentOf(index)
  const ids = inTurn('validate', random, {
    mcp: (options) => validated(VALIDATE.call(session, { content }, options))?.id,
    api: () => {
      const response = session.send(API_VALIDATE, { content }, BY_API)
      return { response, result: apiValidated(response)?.id }
    },
  })
  if (ids.mcp === undefined || ids.api === undefined) return
  const id = ids.mcp
  const params = { id: String(ids.api) }
  const both = inTurn('approve', random, {
    mcp: (options) => approved(APPROVE.call(session, { id }, options)),
    api: () => {
      const response = session.send(API_APPROVE, undefined, { ...BY_API, params })
      return { response, result: apiApproved(response) }
    },
  })
  if (both.mcp === undefined || both.api === undefined) return
  inTurn('enhance', random, {
    mcp: (options) => enhanced(ENHANCE.call(session, { id }, options)),
    api: () => {
      const response = session.send(API_ENHANCE, undefined, { ...BY_API, params })
      return { response, result: apiEnhanced(response) }
    },
  })
}

/** The tag by which objectives select the API's requests. */
const BY_API = { tags: { through: 'api' } }

interface Ways<Result> {
  mcp: (options: CallOptions) => Result | undefined
  api: () => { response: Response; result: Result | undefined }
}

// The second of a pair may find warm caches, so the order is random.
const inTurn = <Result>(tool: string, random: Random, { mcp, api }: Ways<Result>) => {
  let byTool: Response | undefined
  const onResponse = (response: Response): void => {
    byTool = response
  }
  const isMcpFirst = random() < 0.5
  const first = isMcpFirst ? mcp({ onResponse }) : undefined
  const { response, result } = api()
  const given = isMcpFirst ? first : mcp({ onResponse })
  if (byTool && given !== undefined && result !== undefined)
    overhead.add(byTool.timings.duration - response.timings.duration, { tool })
  return { mcp: given, api: result }
}
