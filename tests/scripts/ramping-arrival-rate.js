import http from 'k6/http'

export const options = {
  scenarios: {
    rising: {
      executor: 'ramping-arrival-rate',
      startRate: 0,
      timeUnit: '1s',
      preAllocatedVUs: 5,
      stages: [
        { target: 20, duration: '1s' },
        { target: 20, duration: '1s' },
      ],
    },
  },
  thresholds: { iterations: ['rate>5'] },
}

export default function () {
  http.get(`${__ENV.TARGET}/ok`)
}
