/** A file to the server as it is, told how far it is: `fetch` does not say. */
import type { Space } from '../contract/contract.ts'
import { askForKey, authorization } from './access-key.ts'
import { Problem, problemOf, unreachable } from './problem.ts'
import { address } from './request.ts'

/** What a space takes. Bytes. */
const LARGEST = 2 ** 30

/** @throws Problem */
export function uploadFile(file: File, onProgress: (part: number) => void): Promise<Pick<Space, 'space' | 'name'>> {
  if (file.size > LARGEST) {
    const detail = `${file.name} has ${Math.round(file.size / 2 ** 20)} MiB; scan it with “heedful scan”, or drop it gzipped.`
    return Promise.reject(new Problem(413, 'file-too-large', 'The file is larger than 1 GiB', detail))
  }
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', address('/v1/spaces', { name: file.name }))
    request.setRequestHeader('content-type', 'application/octet-stream')
    for (const [name, value] of Object.entries(authorization())) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onerror = () => reject(unreachable())
    request.onload = () => {
      if (request.status === 401) askForKey()
      if (request.status === 201) resolve(JSON.parse(request.responseText) as Pick<Space, 'space' | 'name'>)
      else reject(problemOf(request.status, request.responseText))
    }
    request.send(file)
  })
}
