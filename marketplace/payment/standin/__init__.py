"""A stand-in for Stripe: a loopback server of ours for demonstrations without a network, and for tests.

It answers the calls we make in the shapes of Stripe's published resources, sends signed news, has a page to pay on, and can
misbehave on request (``faults``). It knows nothing of the shop: the shop's own client talks to it over http.
"""
