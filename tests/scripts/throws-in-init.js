throw new Error('not today')

// eslint-disable-next-line no-unreachable
export default function () {}
