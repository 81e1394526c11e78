import http from 'k6/http'
import { open as openFile } from 'k6/experimental/fs'

const file = await openFile('./rows.json')
const { size } = await file.stat()

export const options = { iterations: size > 0 ? 3 : 1 }

export default async function () {
  await http.asyncRequest('GET', `${__ENV.TARGET}/ok`)
}
