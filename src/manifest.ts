/** The web app manifest. URLs are relative, so it holds at any sub-path. */
export default {
  id: './',
  name: 'psiscope',
  short_name: 'psiscope',
  description: 'Why Mitel phones integrated with Zoom do not work: logs, captures and reports read on this computer.',
  lang: 'en',
  dir: 'ltr' as const,
  start_url: './',
  scope: './',
  display: 'standalone' as const,
  background_color: '#ffffff',
  theme_color: '#2a55c9',
  categories: ['productivity', 'utilities'],
  icons: [
    { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
    { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' as const },
  ],
  launch_handler: { client_mode: ['focus-existing', 'auto'] as ('focus-existing' | 'auto')[] },
  file_handlers: [
    {
      action: './',
      accept: {
        'application/vnd.tcpdump.pcap': ['.pcap', '.pcapng', '.cap'],
        'application/x-xz': ['.xz', '.txz'],
        'application/gzip': ['.gz', '.tgz'],
        'application/zip': ['.zip', '.psiscope'],
        'text/csv': ['.csv'],
        'text/plain': ['.log', '.txt'],
      },
    },
  ],
};
