import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventData } from './event-stream.ts'

for (const { what, body, data } of [
  { what: 'the data of each event', body: 'data: a\n\ndata: b\n\n', data: ['a', 'b'] },
  { what: 'an event of the type message', body: 'event: message\nid: 7\ndata: a\n\n', data: ['a'] },
  { what: 'data without the blank behind the colon', body: 'data:a\n\n', data: ['a'] },
  { what: 'only the first blank', body: 'data:  a\n\n', data: [' a'] },
  { what: 'several lines of data as one text', body: 'data: {\ndata: }\n\n', data: ['{\n}'] },
  {
    what: 'lines that end as on Windows',
    body: 'data: a\r\n\r\ndata: b\r\n\r\n',
    data: ['a', 'b'],
  },
  {
    what: 'lines that end with a carriage return',
    body: 'data: a\r\rdata: b\r\r',
    data: ['a', 'b'],
  },
  { what: 'a text behind a byte order mark', body: '\uFEFFdata: a\n\n', data: ['a'] },
]) {
  test(`an event stream has ${what}`, () => {
    assert.deepEqual(eventData(body), data)
  })
}

for (const { what, body } of [
  { what: 'comments, which keep a connection alive', body: ': ping\n\n' },
  { what: 'events of other types', body: 'event: endpoint\ndata: /messages\n\n' },
  { what: 'events that only have an id', body: 'id: 1\nretry: 500\ndata:\n\n' },
  { what: 'an event that the end of the body cuts off', body: 'data: {"jsonrpc"' },
  { what: 'an event without the blank line at its end', body: 'data: a\n' },
  { what: 'a field that it does not know', body: 'daten: a\n\n' },
  { what: 'nothing at all', body: '' },
]) {
  test(`an event stream leaves out ${what}`, () => {
    assert.deepEqual(eventData(body), [])
  })
}

test('the type of an event is not that of the next one', () => {
  assert.deepEqual(eventData('event: other\ndata: a\n\ndata: b\n\n'), ['b'])
})
