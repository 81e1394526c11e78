// The same requests as reference.js, made with everything that the toolkit adds.
import { passwordLogin } from '../../../lib/auth-setup.ts'
import { env } from '../../../lib/env.ts'
import { endpoint } from '../../../lib/endpoint.ts'
import { answerValidator } from '../../../lib/metric-validators.ts'
import type { Session } from '../../../lib/session.ts'
import type { IterationData, Workload } from '../../../lib/workload.ts'

const ENHANCE = endpoint('POST /v1/enhance')

const validate = answerValidator<{ technique: string; cost_usd: number }>(ENHANCE, {
  schema: {
    type: 'object',
    properties: {
      id: { type: 'integer' },
      technique: { type: 'string' },
      cost_usd: { type: 'number', minimum: 0 },
    },
  },
  shares: { technique_accuracy: ({ technique }) => technique === 'zero-shot' },
  values: { cost_usd: ({ cost_usd }) => cost_usd },
})

const enhance = (session: Session, { index }: IterationData): void => {
  const prompt = `Summarise the main points of case ${index}.`
  validate(session.send(ENHANCE, { prompt }))
}

export const workload: Workload = {
  name: 'echo',
  auth: passwordLogin({
    login: 'POST /v1/auth/login',
    credentials: (user) => ({ username: `user-${user}`, password: 'secret' }),
  }),
  thinkTime: { seconds: Number(env('PAUSE_SECONDS') ?? 0) },
  operations: { enhance: { weight: 1, run: enhance } },
}
