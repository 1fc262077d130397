#!/usr/bin/python3
# needs: python3
# Handlers, alarms, timers, sigtimedwait and a wake-up descriptor.
import os, signal, time
got = []
signal.signal(signal.SIGALRM, lambda s, f: got.append(s))
signal.setitimer(signal.ITIMER_REAL, 0.1, 0.1)
while len(got) < 3:
    signal.pause()
print(signal.setitimer(signal.ITIMER_REAL, 0)[1], len(got))
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
print(signal.sigtimedwait([signal.SIGUSR1], 0.2))
os.kill(os.getpid(), signal.SIGUSR1)
print(signal.sigwaitinfo([signal.SIGUSR1]).si_pid == os.getpid())
