import { mount } from 'svelte';
import './app.css';
import { takeQuery } from './state/query';
import { serviceWorker } from './state/service-worker.svelte';
import App from './views/App.svelte';

const query = takeQuery();
void serviceWorker.register();
mount(App, { target: document.getElementById('app')!, props: { sampleWanted: query.get('sample') ?? undefined } });
