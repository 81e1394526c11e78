// One user of an MCP service: validates, approves and enhances documents through its tools.
import { sandboxLogin } from '../../lib/auth/sandbox-login.ts'
import type { Workload } from '../../lib/workload.ts'
import { asyncAndSync } from './async-and-sync.ts'
import { pair } from './pair.ts'
import { approve, enhance, validate } from './tools.ts'

export const workload: Workload = {
  name: 'mcp-service',
  auth: sandboxLogin(),
  // A program that works through documents, rather than a person.
  thinkTime: { minSeconds: 0.1, maxSeconds: 0.5 },
  // k6 keeps at most this many idle connections; with fewer, each two hundred calls at once would open new ones.
  k6Options: { batch: 200, batchPerHost: 200 },
  operations: {
    validate: { weight: 50, run: validate },
    approve: { weight: 25, run: approve },
    enhance: { weight: 25, run: enhance },
    pair: { weight: 0, run: pair },
    'async-and-sync': { weight: 0, run: asyncAndSync },
  },
  mixes: {
    validations: { validate: 1 },
    approvals: { approve: 1 },
    enhancements: { enhance: 1 },
    mixed: { validate: 50, approve: 25, enhance: 25 },
    pairs: { pair: 1 },
    async: { 'async-and-sync': 1 },
  },
}
