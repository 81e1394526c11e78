import type { AlertCase } from '../promtool.ts'
import { ended, phase, requestSeries, run, RUN, scenario, type Series, steady } from './series.ts'

const hold = (perPush: number, name = 'load'): Series => ({
  ...run(24),
  ...scenario(name, 24),
  [phase('hold')]: steady(1, 24),
  ...(perPush > 0 && { [requestSeries('200')]: `0+${perPush}x24` }),
})

const served = (rate: string) => ({
  description: `${rate} per second in the last 20s (objective throughput: >= 100/s).`,
})

const throughput: AlertCase[] = [
  { title: 'a little less than promised', series: hold(495), at: '1m', fires: [served('99')] },
  { title: 'a little more than promised', series: hold(505), at: '1m' },
  { title: 'nothing is answered at all', series: hold(0), at: '1m', fires: [served('0')] },
  { title: 'a scenario that promises nothing', series: hold(495, 'spike'), at: '1m' },
  {
    title: 'the other scenario that promises it',
    series: hold(495, 'api-mix'),
    at: '1m',
    fires: [served('99')],
  },
  {
    title: 'another profile than the one that promises it',
    series: {
      ...hold(495),
      [`k6_verdict_run_info{${RUN},run_scenario="load",profile="normal"}`]: '_x24',
      [`k6_verdict_run_info{${RUN},run_scenario="load",profile="stress"}`]: steady(1, 24),
    },
    at: '1m',
  },
  {
    title: 'the load is still rising',
    series: { ...hold(495), [phase('hold')]: '_x24' },
    at: '1m',
  },
  {
    title: 'the phase has just begun',
    series: { ...hold(495), [phase('hold')]: '_x8 1+0x16' },
    at: '1m',
  },
  { title: 'after the run', series: ended(hold(495)), at: '9m', fires: [served('99')] },
].map((each) => ({ ...each, alert: 'K6ThroughputBelowLimit' }))

const waiting = { description: '10 users wait, and nothing was answered in the last 1m.' }

const silent: AlertCase[] = [
  { title: 'no answer for a minute', series: run(36), at: '1m30s', fires: [waiting] },
  {
    title: 'answers that ended a minute ago',
    series: { ...run(48), [requestSeries('200')]: '0+10x12 120+0x36' },
    at: '2m20s',
    fires: [waiting],
  },
  {
    title: 'one answer in a minute',
    series: { ...run(48), [requestSeries('200')]: '0+10x12 121+0x6 122+0x10 123+0x20' },
    at: '2m',
  },
  {
    title: 'iterations without a request, as over a WebSocket or in a browser',
    series: { ...run(36), [`k6_iterations_total{${RUN},phase="hold"}`]: '2+2x36' },
    at: '1m30s',
  },
  { title: 'the run has just begun', series: run(12), at: '55s' },
  {
    title: 'nobody is there to be answered',
    series: { [`k6_vus{${RUN}}`]: steady(0, 36) },
    at: '1m30s',
  },
].map((each) => ({ ...each, alert: 'K6TargetSilent' }))

/** A spike from 2m to 3m, then a recovery of so many pushes. p95 was 100 ms before it. */
const spike = (recovery: string, pushes = 36, name = 'spike'): Series => ({
  ...run(36 + pushes),
  ...scenario(name, 36 + pushes),
  [`k6:http_req_duration:p95_1m{${RUN}}`]: `${steady(0.1, 24)} ${steady(0.9, 12 + pushes)}`,
  [phase('hold')]: `${steady(1, 23)} stale`,
  [phase('spike-1')]: `_x24 ${steady(1, 11)} stale`,
  [phase('recovery-1')]: `_x36 ${steady(1, pushes)} stale`,
  [`k6:recovery:p95_20s{${RUN}}`]: `_x36 ${recovery}`,
})

const notRecovered = (after: string) => ({
  description: `${after} after the spike, p95 or failures are still above what was usual before it (objective recovery: < 1m).`,
})

const recovery: AlertCase[] = [
  {
    title: 'half as slow again as before, for longer than the limit',
    series: spike(steady(0.155, 36)),
    at: '4m15s',
    fires: [notRecovered('1m 15s')],
  },
  { title: 'a little less slow', series: spike(steady(0.145, 36)), at: '4m15s' },
  { title: 'the limit is not over', series: spike(steady(0.155, 36)), at: '3m50s' },
  {
    title: 'recovered before the limit',
    series: spike(`${steady(0.5, 9)} ${steady(0.1, 26)}`),
    at: '4m15s',
  },
  {
    title: 'the plan has no more time for it',
    series: spike(steady(0.155, 8), 8),
    at: '3m50s',
    fires: [notRecovered('40s')],
  },
  { title: 'recovered in that time', series: spike(`${steady(0.155, 4)} 0.1+0x4`, 8), at: '3m50s' },
  { title: 'too short a time to say', series: spike(steady(0.155, 3), 3), at: '3m25s' },
  {
    title: 'one request in eleven still fails',
    series: {
      ...spike(steady(0.1, 36)),
      [requestSeries('200')]: '_x34 100+100x38',
      [requestSeries('500')]: '_x34 10+10x38',
    },
    at: '4m15s',
    fires: [notRecovered('1m 15s')],
  },
  {
    title: 'one request in 26 fails',
    series: {
      ...spike(steady(0.1, 36)),
      [requestSeries('200')]: '_x34 100+100x38',
      [requestSeries('500')]: '_x34 4+4x38',
    },
    at: '4m15s',
  },
  {
    title: 'no request was slow or failed',
    series: spike('_x36'),
    at: '4m15s',
  },
  { title: 'another scenario', series: spike(steady(0.155, 36), 36, 'load'), at: '4m15s' },
  {
    title: 'after the run',
    series: ended(spike(steady(0.155, 36))),
    at: '12m',
    fires: [notRecovered('3m 0s')],
  },
].map((each) => ({ ...each, alert: 'K6RecoveryTooSlow' }))

/** Cases of throughput, silence and recovery. */
export const LEVEL_CASES: AlertCase[] = [...throughput, ...silent, ...recovery]
