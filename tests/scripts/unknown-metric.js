export const options = { thresholds: { nothing_of_the_kind: ['count>1'] } }

export default function () {}
