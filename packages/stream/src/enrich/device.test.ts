import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { device } from './device.ts'

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)'

describe('device', () => {
  it.each([
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/120.0.0.0 Safari/537.36`,
      'Chrome 120 Windows 10 desktop',
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/120.0.0.0 Safari/537.36 Edg/120.0.2210.91`,
      'Microsoft Edge 120 Windows 10 desktop',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0', 'Firefox 121 Linux - desktop'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.2 Mobile/15E148 Safari/604.1',
      'Safari 17 iOS 17 mobile',
    ],
    [
      'Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1',
      'Safari 16 iOS 16 tablet',
    ],
    [
      `Mozilla/5.0 (Linux; Android 14; Pixel 8) ${webkit} Chrome/120.0.6099.144 Mobile Safari/537.36`,
      'Chrome 120 Android 14 mobile',
    ],
    [
      `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Chrome/119.0.0.0 Safari/537.36`,
      'Chrome 119 macOS 10 desktop',
    ],
    ['curl/8.4.0', 'curl 8 - - tool'],
    ['Wget/1.21.3', 'Wget 1 - - tool'],
    ['python-requests/2.31.0', 'python-requests 2 - - tool'],
    ['Python/3.11 aiohttp/3.9.1', 'aiohttp 3 - - tool'],
    ['aws-cli/2.15.0 Python/3.11.6 Linux/6.1 exe/x86_64', 'aws-cli 2 Linux - tool'],
    ['Boto3/1.34.0 md/Botocore#1.34.0 os/macos#23.1.0', 'Boto3 1 macOS - tool'],
    ['kubectl/v1.28.2 (linux/amd64) kubernetes/89a4ea3', 'kubectl 1 Linux - tool'],
    ['okhttp/4.12.0', 'okhttp 4 - - tool'],
    ['Go-http-client/1.1', 'Go-http-client 1 - - tool'],
    ['Terraform/1.6.5 (+https://www.terraform.io)', 'Terraform 1 - - tool'],
    ['PostmanRuntime/7.36.0', 'PostmanRuntime 7 - - tool'],
    [
      'Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041.3803',
      'WindowsPowerShell 5 Windows - tool',
    ],
    [
      `Mozilla/5.0 (X11; Linux x86_64) ${webkit} HeadlessChrome/120.0.0.0 Safari/537.36`,
      'HeadlessChrome 120 Linux - tool',
    ],
    ['SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13', 'OpenSSH 9 - - tool'],
    ['SSH-2.0-libssh2_1.10.0', 'libssh 2 - - tool'],
    ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'Googlebot 2 - - tool'],
    ['', '- - - - unknown'],
    ['   ', '- - - - unknown'],
  ])('%.60s is %s', (agent, expected) => {
    const { browser, browserMajor, os, osMajor, form } = device(agent)
    expect([browser, browserMajor, os, osMajor, form].map((part) => part ?? '-').join(' ')).toBe(expected)
  })

  it('never throws, whatever is sent, and keeps no long name', () => {
    const piece = fc.constantFrom(
      'Mozilla/5.0 ',
      '(',
      ')',
      'Chrome/',
      'Version/',
      ' like ',
      'Android',
      ';',
      '/',
      '__proto__',
      '\u0000',
      '9'.repeat(40),
    )
    const agent = fc.oneof(
      fc.string({ maxLength: 700 }),
      fc.array(piece, { maxLength: 60 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(agent, (text) => {
        const found = device(text)
        expect((found.browser ?? '').length).toBeLessThanOrEqual(32)
        expect((found.browserMajor ?? '').length).toBeLessThanOrEqual(6)
        expect((found.os ?? '').length).toBeLessThanOrEqual(32)
      }),
    )
  })

  it('reads no more than 512 characters', () => {
    const head = `x${' '.repeat(600)}`
    expect(device(`${head}Linux`).os).toBeUndefined()
    const started = performance.now()
    for (let i = 0; i < 20; i++) device(`Mozilla/5.0 (${'('.repeat(1_000_000)}${i}`)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
