// One user of the Collection Store: sessions, records, channels, files, computed attributes and stored functions.
import type { Operation } from '../../lib/workload.ts'
import { readEvents } from './channel-events.ts'
import { sendMessages, subscribe, synchroniseTabs } from './channels.ts'
import { readComplex, readDependent, readSimple } from './computed.ts'
import { deleteFile, downloadFile, listFiles, makeThumbnail, uploadFile } from './files.ts'
import { aggregateValues, applyBusinessLogic, calculate, transform } from './functions.ts'
import { MIXED, MIXES, weighted } from './mixes.ts'
import { aggregateRecords, queryIndexed, queryUnindexed } from './record-queries.ts'
import { deleteRecord, readRecord, updateRecord, writeOf } from './records.ts'
import { sessionOperations } from './sessions.ts'
import { stayConnected } from './stay-connected.ts'
import { storeWorkload } from './store-workload.ts'

const RUN: Record<string, Operation['run']> = {
  ...sessionOperations,
  'read-record': readRecord,
  'write-small': writeOf('small'),
  'write-medium': writeOf('medium'),
  'write-large': writeOf('large'),
  'update-record': updateRecord,
  'delete-record': deleteRecord,
  'aggregate-records': aggregateRecords,
  'query-indexed': queryIndexed,
  'query-unindexed': queryUnindexed,
  subscribe,
  'send-messages': sendMessages,
  'synchronise-tabs': synchroniseTabs,
  'read-events': readEvents,
  'stay-connected': stayConnected,
  'upload-file': uploadFile,
  'download-file': downloadFile,
  'list-files': listFiles,
  'delete-file': deleteFile,
  'make-thumbnail': makeThumbnail,
  'read-simple': readSimple,
  'read-complex': readComplex,
  'read-dependent': readDependent,
  calculate,
  'apply-business-logic': applyBusinessLogic,
  transform,
  'aggregate-values': aggregateValues,
}

export const workload = storeWorkload({
  operations: weighted(MIXED, RUN),
  mixes: MIXES,
})
