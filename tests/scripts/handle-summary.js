import http from 'k6/http'

export const options = { iterations: 2 }

export default function () {
  http.get(`${__ENV.TARGET}/ok`)
}

export function handleSummary({ metrics }) {
  const { count } = metrics.iterations.values
  return { stdout: `summary of ${count} iterations\n`, 'written-by-script.txt': `${count}` }
}
