/** Stands in `hits.pattern` where a log shows another process number than before; `detail` = the number. */
export const processPattern = 'process';
