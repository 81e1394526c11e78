// One ValueCanvas user, with one canvas: sets its state, runs workflows, changes it, reads it, follows its changes.
import { sandboxLogin } from '../../lib/auth/sandbox-login.ts'
import type { Workload } from '../../lib/workload.ts'
import { agentsInParallel, agentsInTurn, securityPair } from './agents.ts'
import { executeWorkflow } from './execute-workflow.ts'
import { readState } from './read-state.ts'
import { invalidState, unauthorised, unknownCanvas } from './refusals.ts'
import { setState } from './set-state.ts'
import { compareAndSet, mergeShared } from './shared-canvas.ts'
import { subscribe } from './subscribe.ts'
import { deepTree, largeTree, mediumTree, smallTree, treeQuery, wideTree } from './trees.ts'
import { updateState } from './update-state.ts'
import { userWorkflow } from './user-workflow.ts'

export const workload: Workload = {
  name: 'value-canvas',
  auth: sandboxLogin(),
  // People look at a canvas for a moment, and now and then for long.
  thinkTime: { medianSeconds: 0.7, p95Seconds: 2.5 },
  operations: {
    'set-state': { weight: 10, run: setState },
    'execute-workflow': { weight: 20, run: executeWorkflow },
    'update-state': { weight: 25, run: updateState },
    'read-state': { weight: 35, run: readState },
    subscribe: { weight: 10, run: subscribe },
    'user-workflow': { weight: 0, run: userWorkflow },
    'unknown-canvas': { weight: 0, run: unknownCanvas },
    'invalid-state': { weight: 0, run: invalidState },
    unauthorised: { weight: 0, run: unauthorised },
    'compare-and-set': { weight: 0, run: compareAndSet },
    'merge-shared': { weight: 0, run: mergeShared },
    'agents-in-turn': { weight: 0, run: agentsInTurn },
    'agents-in-parallel': { weight: 0, run: agentsInParallel },
    'security-pair': { weight: 0, run: securityPair },
    'tree-small': { weight: 0, run: smallTree },
    'tree-medium': { weight: 0, run: mediumTree },
    'tree-large': { weight: 0, run: largeTree },
    'tree-query': { weight: 0, run: treeQuery },
    'tree-deep': { weight: 0, run: deepTree },
    'tree-wide': { weight: 0, run: wideTree },
  },
  mixes: {
    'user-workflow': { 'user-workflow': 1 },
    reads: { 'read-state': 1 },
    writes: { 'set-state': 40, 'update-state': 60 },
    errors: { 'unknown-canvas': 1, 'invalid-state': 1, unauthorised: 1 },
    agents: { 'agents-in-turn': 1, 'agents-in-parallel': 1 },
    security: { 'security-pair': 1 },
    shared: { 'compare-and-set': 1, 'merge-shared': 1 },
    trees: {
      ...{ 'tree-small': 30, 'tree-medium': 25, 'tree-large': 15 },
      ...{ 'tree-query': 15, 'tree-deep': 10, 'tree-wide': 5 },
    },
  },
}
