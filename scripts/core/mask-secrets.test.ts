import assert from 'node:assert/strict'
import { test } from 'node:test'
import { maskArgument, maskSecrets } from './mask-secrets.ts'

for (const [text, masked] of [
  ['http://ann:S3CRET@h:9/db', 'http://***@h:9/db'],
  ['influxdb=http://S3CRET@h/db?u=ann&p=S3CRET', 'influxdb=http://***@h/db?u=***&p=***'],
  ['x=http://ann:S3/CR@ET#?@h:80/a', 'x=http://***@h:80/a'],
  ['http://ann:S3\\CRET@h/a?k=S3\\CRET', 'http://***@h/a?k=***'],
  ['http://h/items?S3CRET', 'http://h/items?***'],
  ['http://h/items?k=S3=CRET#S3CRET', 'http://h/items?k=***#***'],
  ['http://h/items#access_token=S3CRET', 'http://h/items#***'],
  ['/items?api_key=S3CRET&x=1 and more', '/items?api_key=***&x=*** and more'],
  ['http://bad host/items?k=S3CRET', 'http://bad host/items?k=***'],
  [
    String.raw`error="Get \"http://h/items?q=S3 CRET\": refused"`,
    String.raw`error="Get \"http://h/items?q=***\": refused"`,
  ],
  ['/cb?x=S3CRET#access_token=S3CRET', '/cb?x=***#***'],
  [
    String.raw`error="Get \"http://h/items?a=1&k=S3CRET\": dial tcp: refused"`,
    String.raw`error="Get \"http://h/items?a=***&k=***\": dial tcp: refused"`,
  ],
  [
    String.raw`msg="{\"url\":\"ws://h/ws?a=1\\u0026token=S3CRET\",\"state\":3}"`,
    String.raw`msg="{\"url\":\"ws://h/ws?a=***\",\"state\":3}"`,
  ],
] as const) {
  test(`${text.replaceAll('S3', '')} is shown without its secret`, () => {
    assert.equal(maskSecrets(text), masked)
    assert.doesNotMatch(masked, /S3|CRET/)
  })
}

for (const text of [
  'npm run k6 -- load --profile peak --target http://127.0.0.1:8080/users/@me',
  'json=samples.json',
  'eu-west=https://eu.example.com',
  'Really? Yes & no: a@b.c #7',
  'http://h/items?',
]) {
  test(`${text} holds no secret and stays as it is`, () => {
    assert.equal(maskSecrets(text), text)
  })
}

test('a password in an argument may hold quotes and spaces', () => {
  for (const password of ['S3"CRET', 'S3 CRET', 'S3@CRET/x']) {
    assert.equal(
      maskArgument(`influxdb=http://ann:${password}@h:9/db?k=S3`),
      'influxdb=http://***@h:9/db?k=***',
    )
  }
})
