// ValueCanvas: canvases with a state, workflows over trees of values, and agents.
import type { Services } from '../../services.ts'
import { defineSystem } from '../../system.ts'
import type { AgentMedians } from './agents.ts'
import { CanvasStore } from './canvas-store.ts'
import { canvasChangesRoute } from './changes-route.ts'
import { canvasStateRoutes } from './state-routes.ts'
import { canvasWorkflowsRoute } from './workflows-route.ts'

/** What its routes are made of. */
export interface CanvasServices extends Pick<Services, 'model' | 'tokens'> {
  canvases: CanvasStore
  medians: AgentMedians
}

const HOUR_MS = 3_600_000

export const system = defineSystem({
  rules: {
    agentFastMedianMs: { value: 5, min: 0, max: HOUR_MS, fraction: true },
    agentMediumMedianMs: { value: 15, min: 0, max: HOUR_MS, fraction: true },
    agentSlowMedianMs: { value: 30, min: 0, max: HOUR_MS, fraction: true },
  },
  add(app, { database, model, storedRows, tokens }, medians) {
    const canvases = new CanvasStore(database)
    storedRows['stored_canvases'] = () => canvases.count('canvases')
    storedRows['stored_executions'] = () => canvases.count('executions')
    const services = { canvases, medians, model, tokens }
    canvasStateRoutes(app, services)
    canvasChangesRoute(app, services)
    canvasWorkflowsRoute(app, services)
  },
})
