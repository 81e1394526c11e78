export const options = { iterations: 2 }

export function setup() {
  throw new Error('no log-in')
}

export default function () {}
