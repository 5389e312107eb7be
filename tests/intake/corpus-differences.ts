/** Where intake differs from the reference tools on the corpus, and why. Everything else must be equal. */

const lzip = 'lzip is named, not read';

/** Good files that are refused, with the form named. */
export const refusedXz: Readonly<Record<string, string>> = {
  'xz__good-1-v0.lz': lzip,
  'xz__good-1-v1-trailing-1.lz': lzip,
  'xz__good-1-v1-trailing-2.lz': lzip,
  'xz__good-2-v1-v0.lz': lzip,
};

const bzip2 = 'bzip2 is named, not read';
const notUtf8 = 'a name that is not UTF-8 is read as Latin-1, control characters shown as signs';
const gnuTimes = 'in GNU’s old format this field holds times, not a prefix (GNU tar lists it as we do)';

export const otherTar: Readonly<Record<string, string>> = {
  'libarchive__test_compat_bzip2_1.tbz': bzip2,
  'libarchive__test_extract.tar.bz2': bzip2,
  'libarchive__test_pax_filename_encoding.tar': notUtf8,
  'tar-split__gnu-not-utf8.tar': notUtf8,
  'tar-split__gnu-incremental.tar': gnuTimes,
  'tar-stream__gnu-incremental.tar': gnuTimes,
  'tar-split__invalid-go17.tar': gnuTimes,
  'tar-split__pax-bad-hdr-file.tar': 'GNU tar finds the damaged record too; the header’s own name is listed',
  'tar-split__pax-global-records.tar': 'a member without a name is listed as «.» and told',
  'tar-split__pax-nul-xattrs.tar':
    'GNU tar refuses a NUL in an attribute that is not read here; Python lists it as we do',
  'tar-split__pax-nil-sparse-data.tar':
    'a sparse map of form 1.0 that Python does not read; GNU tar lists 1000 bytes as we do',
};

const lzmaMember = 'LZMA members are named, not read';
const link = 'a link is listed, its target is not its content';

export const otherZip: Readonly<Record<string, string>> = {
  'go__symlink.zip': link,
  'libarchive__test_read_format_zip_symlink.zip': link,
  'libarchive__test_read_format_zip_7z_lzma.zip': lzmaMember,
  'zip.js__lorem-lzma.zip': lzmaMember,
  'zip.js__lorem-split.zip': 'the last of several volumes: its directory speaks of bytes in the others',
};
