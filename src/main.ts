import { mount } from 'svelte';
import './app.css';
import { serviceWorker } from './state/service-worker.svelte';
import App from './views/App.svelte';

void serviceWorker.register();
mount(App, { target: document.getElementById('app')! });
