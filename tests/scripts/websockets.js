import { WebSocket } from 'k6/websockets'
import { check } from 'k6'

export const options = { iterations: 3, thresholds: { ws_msgs_received: ['count>=3'] } }

export default function () {
  const socket = new WebSocket(__ENV.TARGET.replace('http', 'ws') + '/socket')
  socket.onopen = () => socket.send('hello')
  socket.onmessage = ({ data }) => {
    check(data, { 'said again': (text) => text === 'hello' })
    socket.close()
  }
}
