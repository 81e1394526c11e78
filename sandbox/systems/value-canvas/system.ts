// ValueCanvas: canvases with a state, workflows over trees of values, and agents.
import type { Services } from '../../services.ts'
import { defineSystem } from '../../system.ts'
import type { AgentMedians } from './agents.ts'
import { agentsRoutes } from './agents-route.ts'
import { CanvasStore } from './canvas-store.ts'
import { canvasChangesRoute } from './changes-route.ts'
import { valueTreesRoute } from './trees-route.ts'
import { canvasStateRoutes } from './state-routes.ts'
import { canvasWorkflowsRoute } from './workflows-route.ts'

/** What its routes need. */
export interface CanvasServices extends Pick<Services, 'model' | 'tokens'> {
  canvases: CanvasStore
  medians: AgentMedians
  /** How much longer each calculation of a tree takes: a planted fault. */
  treeDelayMs: number
}

const HOUR_MS = 3_600_000

export const system = defineSystem({
  rules: {
    agentFastMedianMs: { value: 5, min: 0, max: HOUR_MS, fraction: true },
    agentMediumMedianMs: { value: 15, min: 0, max: HOUR_MS, fraction: true },
    agentSlowMedianMs: { value: 30, min: 0, max: HOUR_MS, fraction: true },
    // Planted faults: slow calculations, and every nth merge loses what others write meanwhile.
    treeDelayMs: { value: 0, min: 0, max: 10_000, fraction: true },
    canvasRacyWriteEvery: { value: 0, min: 0, max: 1_000_000 },
  },
  add(app, { database, model, storedRows, tokens }, settings) {
    const { treeDelayMs, canvasRacyWriteEvery, ...medians } = settings
    const canvases = new CanvasStore(database, canvasRacyWriteEvery)
    storedRows['stored_canvases'] = () => canvases.count('canvases')
    storedRows['stored_executions'] = () => canvases.count('executions')
    const services = { canvases, medians, model, tokens, treeDelayMs }
    canvasStateRoutes(app, services)
    canvasChangesRoute(app, services)
    canvasWorkflowsRoute(app, services)
    valueTreesRoute(app, services)
    agentsRoutes(app, services)
  },
})
