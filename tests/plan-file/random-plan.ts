// Random valid plans, with all that is hard to write down in one of the three languages.
import fc from 'fast-check'
import type { Plan, PlanValue } from '../../lib/plan-file/plan-file.ts'

const kebab = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,5}){0,2}$/)
const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,9}$/)
const time = fc.constantFrom('1s', '90s', '1m30s', '500ms', '1.5h')
const users = fc.integer({ min: 1, max: 1_000 })

/** Texts that YAML, JSON or TypeScript would take for something else without quotes, beside any others. */
const text = fc.oneof(
  fc.constantFrom(
    ...['no', 'null', '~', '1e3', '0x1F', '-', '- a', ': ', ' # x', '2001-01-01', 'a: b', "it's"],
    ...['"', '\\', '`${x}`', '$${user}', '\u2028', '\t', 'a\nb', ' a ', '!tag', '&a', '*a', '<<'],
    ...[
      '|',
      '>',
      '%',
      '@',
      '',
      '[',
      '{',
      '?',
      '\r\n',
      '\u0000',
      '\u00a0',
      '\ufeff',
      '👩‍💻',
      '=',
      '.inf',
    ],
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: 'binary-ascii', maxLength: 10 }),
)
const plainText = text.map((each) => each.replaceAll('${', '{'))
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => (each === 0 ? 0 : each)),
)
const { value } = fc.letrec<{ value: PlanValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    plainText,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.constantFrom('${user}', 'user-${user(4)} ${uuid}', '${iteration}', '${random(1, 6)}'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      plainText.filter((name) => name !== '__proto__'),
      tie('value'),
      { maxKeys: 3, noNullPrototype: true },
    ),
  ),
}))

const map = <T>(keys: fc.Arbitrary<string>, values: fc.Arbitrary<T>) =>
  fc.dictionary(keys, values, { minKeys: 1, maxKeys: 3, noNullPrototype: true })

const scalar = fc.oneof(plainText, number, fc.boolean(), fc.constant('${user}'))
const statuses = fc.uniqueArray(fc.integer({ min: 100, max: 599 }), { minLength: 1, maxLength: 3 })
const check = fc.record({ at: plainText.filter((each) => each !== ''), equals: value })

// A label for each step: requests to one route have to agree on their statuses.
const request = fc.record(
  {
    request: fc.constantFrom(
      'GET /a',
      'POST /a/b',
      'PUT /a',
      'PATCH /c',
      'DELETE /a',
      'HEAD /a',
      'QUERY /q',
    ),
    label: fc.uuid(),
    query: map(
      plainText.filter((each) => each !== ''),
      fc.oneof(scalar, fc.array(scalar)),
    ),
    headers: map(fc.stringMatching(/^[A-Za-z-]{1,12}$/), plainText),
    body: value,
    as: fc.constantFrom('json' as const, 'form' as const),
    timeout: time,
    redirects: fc.integer({ min: 0, max: 20 }),
    statuses,
    schema: fc.constant({ type: 'object', properties: { id: { type: 'integer' } } }),
    checks: map(kebab, check),
    capture: map(
      word,
      plainText.filter((each) => each !== ''),
    ),
  },
  { requiredKeys: ['request', 'label'] },
)

const operation = fc.record(
  {
    weight: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constant(0.5)),
    steps: fc.array(fc.oneof(request, fc.record({ pause: time })), { minLength: 1, maxLength: 4 }),
  },
  { requiredKeys: ['steps'] },
)

const load = fc.oneof(
  fc.record(
    { shape: fc.constant('constantUsers' as const), users, duration: time, rampUp: time },
    { requiredKeys: ['shape', 'users', 'duration'] },
  ),
  fc.record({
    shape: fc.constant('stagedUsers' as const),
    stages: fc.array(fc.record({ duration: time, users }), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    ...{ shape: fc.constant('constantRate' as const), ratePerSecond: users, duration: time },
    ...{ rampUp: time, iterationSeconds: fc.constantFrom(0.5, 3) },
  }),
  fc.record({
    shape: fc.constant('phases' as const),
    model: fc.constant('closed' as const),
    phases: fc.array(fc.record({ phase: kebab, duration: time, target: users }), {
      minLength: 1,
      maxLength: 4,
    }),
  }),
)

const thinkTime = fc.oneof(
  time,
  fc.constant({ min: '1s', max: '2s' }),
  fc.constant({ median: '1s', p95: '2s' }),
)

const login = fc.oneof(
  fc.record(
    {
      strategy: fc.constant('passwordLogin' as const),
      login: fc.constant('POST /login'),
      token: plainText.filter((each) => each !== ''),
      logInsBeforeLoad: users,
      credentials: fc.constant({ username: 'u-${user}', password: "it's: no secret" }),
    },
    { requiredKeys: ['strategy', 'login'] },
  ),
  fc.constant({ strategy: 'apiKey' as const, variable: 'SHOP_KEY', header: 'X-Key' }),
)

const whole = fc.record(
  {
    name: kebab.map((name) => `p-${name}`),
    question: plainText.filter((each) => each !== ''),
    target: fc.constant('http://127.0.0.1:8080'),
    login,
    data: map(word, fc.array(value, { minLength: 1, maxLength: 3 })),
    thinkTime,
    operations: map(word, operation),
    scenarioPerOperation: fc.constant(false),
    objectives: fc.constant([
      {
        id: 'answers',
        indicator: { share: 'checks' },
        limit: '>= 99.9%',
        level: 'advisory' as const,
      },
    ]),
  },
  { requiredKeys: ['name', 'operations', 'objectives'] },
)

/** A valid plan with one load, or with profiles. */
export const randomPlan: fc.Arbitrary<Plan> = fc
  .tuple(whole, fc.oneof(fc.record({ load }), fc.record({ profiles: map(kebab, load) })))
  // Without the prototypes that fast-check leaves out.
  .map(([rest, loads]) => structuredClone({ ...rest, ...loads }) as unknown as Plan)
