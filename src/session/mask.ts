/** Masking stands in `evidence`, because rules that quote a log line need it too; whatever leaves the session uses it here. */
export { maskSecretBytes, maskSecrets } from '../evidence/mask';
