import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskSecretBytes, maskSecrets } from '../../src/session/mask';

const secret = 'S3cr3t-Zq9';
const key = 'd0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj';
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ6b29tIn0.c2lnbmF0dXJlLXZhbHVl';
const hex = '6629fae49393a05397450978507c4ef1';

/** Text, and what must not be in it any more. */
const forms: readonly (readonly [string, string, string])[] = [
  [
    'SIP digest',
    `Authorization: Digest username="2001", realm="pbx", nonce="n0nce77", response="${hex}", cnonce="c9c9c9"\r\nCSeq: 1 REGISTER`,
    hex,
  ],
  [
    'SIP digest, folded',
    `Proxy-Authorization: Digest username="2001",\r\n response="${hex}",\r\n opaque="0paque1"\r\nVia: x`,
    '0paque1',
  ],
  ['odd digest response', 'Authorization: Digest response="not-hex-at-all"\r\n', 'not-hex-at-all'],
  ['basic', 'curl: > Proxy-Authorization: Basic dXNlcjpwYXNz\r\n>', 'dXNlcjpwYXNz'],
  ['unknown scheme', `Authorization: ${secret}\r\n`, secret],
  [
    'bearer inside a log message',
    `time=2026-11-12T09:00:00Z level=DEBUG msg="> Authorization: Bearer ${secret}x" code=401`,
    secret,
  ],
  ['bearer in a python dict', `{'Authorization': 'Bearer ${secret}x', 'x-mitel-correlation-id': '2beb28cf'}`, secret],
  ['logfmt header', `level=ERROR authorization="Bearer ${secret}" status=401`, secret],
  ['JSON', `{"email":"a@b.c","sipPassword":"${secret}","role":1}`, secret],
  [
    'JSON inside a quoted log value',
    `msg="body={\\"access_token\\":\\"${secret}\\",\\"expires_in\\":3600}" level=INFO`,
    secret,
  ],
  ['form body', `grant_type=password&username=u&password=${secret}&account_id=1`, secret],
  ['refresh token', `refresh_token=${secret};`, secret],
  ['client secret', `client_secret: ${secret}`, secret],
  ['shared secret of a border', `mbg.shared_secret = ${secret}`, secret],
  ['token value', `token=${secret}abcdefgh refused`, secret],
  ['JWT', `id ${jwt} rejected`, 'c2lnbmF0dXJl'],
  ['proxy URL', `HTTPS_PROXY=http://svc:${secret}@proxy.example:3128`, secret],
  ['proxy URL, @ in the password', `via http://svc:p@${secret}@proxy.example:3128/`, secret],
  ['proxy without scheme', `https_proxy="svc:${secret}@proxy.example:3128"`, secret],
  ['curl option', `curl --proxy-user svc:${secret} https://download.mitel.io/`, secret],
  ['SIP URI', `Contact: <sip:2001:${secret}@192.0.2.1>`, secret],
  ['SDES', `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${key}|2^20|1:4`, key],
  ['SDP k=', `v=0\r\nk=clear:${secret}\r\n`, secret],
  ['ICE', `a=ice-pwd:${secret}\r\n`, secret],
  ['cookie', `Cookie: sid=${secret}; theme=dark\r\nHost: x`, secret],
  ['PEM', `-----BEGIN RSA PRIVATE KEY-----\n${key}\n${key}\n-----END RSA PRIVATE KEY-----\n`, key],
  ['PEM cut short', `-----BEGIN PRIVATE KEY-----\n${key}`, key],
  ['XML', `<sipPassword>${secret}</sipPassword>`, secret],
  ['CSV', `email,sipPassword,number\na@b.c,${secret},2001\n"c@d.e","${secret}",2002\n`, secret],
];

describe('maskSecrets', () => {
  it.each(forms)('%s', (_, text, gone) => {
    const masked = maskSecrets(text);
    expect(masked).not.toContain(gone);
    expect(maskSecrets(masked)).toBe(masked);
    const equal = maskSecrets(text, { sameLength: true });
    expect(equal).not.toContain(gone);
    expect(equal).toHaveLength(text.length);
    expect(maskSecrets(equal, { sameLength: true })).toBe(equal);
  });

  it('leaves what a diagnosis needs', () => {
    const kept = [
      'Authorization: Digest username="2001", realm="pbx", uri="sip:pbx", algorithm=MD5',
      'level=ERROR msg="token expired" response="timeout" password_policy=strict',
      "{'x-mitel-correlation-id': '2beb28cf-3b04-41aa-95e7-d320c30bc45c'}",
      'Contact: <sip:2001@192.0.2.1:5061;transport=tls>;expires=3600',
      'GET https://download.mitel.io/cld/linux/amd64/current.json',
      'WWW-Authenticate: Digest realm="pbx", algorithm=MD5',
      'email,name\na@b.c,Anna',
      '{"password":null}',
    ];
    for (const text of kept) expect(maskSecrets(text)).toBe(text);
  });

  it('stops at the secret: the rest of the line stays', () => {
    expect(maskSecrets(`msg="Authorization: Bearer ${secret}x" code=401`)).toBe(
      'msg="Authorization: Bearer ***" code=401',
    );
    expect(maskSecrets('email;password\r\na@b.c;pw1\r\n')).toBe('email;password\r\na@b.c;***\r\n');
    expect(maskSecrets('Cookie: sid=1; b=2\r\nHost: x')).toBe('Cookie: sid=***; b=***\r\nHost: x');
    expect(maskSecrets('http://u:p@h/x')).toBe('http://***:***@h/x');
  });

  it('never changes the length of bytes, nor bytes outside secrets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
        const before = new TextEncoder().encode(`password=${secret}\r\n`);
        const bytes = new Uint8Array([...before, 10, ...noise]);
        const masked = maskSecretBytes(bytes);
        expect(masked).toHaveLength(bytes.length);
        expect(new TextDecoder().decode(masked.subarray(0, before.length))).toBe(
          `password=${'x'.repeat(secret.length)}\r\n`,
        );
      }),
    );
  });

  it('is idempotent, and keeps lengths where asked, on any mixture of forms and their fragments', () => {
    const fragments = [
      ...forms.map(([, text]) => text),
      ...'Authorization: |Digest |password|=|:|"|\\"|\'| |\n |x|Secret99|http://u:p@h|nonce="abc"|Cookie: |a=b;|,|inline:abcdEFGH|-u a:b|***|@|<|>|\\|null'.split(
        '|',
      ),
    ];
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...fragments), fc.string()), { maxLength: 10 }), (parts) => {
        const text = parts.join('');
        for (const sameLength of [false, true]) {
          const once = maskSecrets(text, { sameLength });
          expect(maskSecrets(once, { sameLength })).toBe(once);
          if (sameLength) expect(once).toHaveLength(text.length);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
