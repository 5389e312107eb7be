/** What examples of rules on pushes are drawn from: one user with a mobile client, one call, one push log. */

export const pushId = '6f1c0b52-9d2e-4f0e-8a3b-0c5d7e9f1a2b';
/** A log that covers the call and holds one push. */
export const pushLog = (time: string, status: number, user = '2002') => ({
  'push.txt': [
    `2026-11-12T07:59:00Z push service idle`,
    `2026-11-12T${time}Z push user ${user} headers {'x-mitel-correlation-id': '${pushId}'} status ${status}`,
    `2026-11-12T08:05:00Z push service idle`,
  ],
});
export const mobileReport = ['anna@example.org | Anna | zmSipPhoneNumber=2002 | zmSipPhoneMobileNumber=2002'];
/** A call that the mobile does not take. */
export const mobileCall = `
          zoom            sbc
    0.000 |--INVITE-1---->|
    0.010 |<----480-1-----|
    0.020 |---ACK-1------>|
   60.000 |               |
`;
