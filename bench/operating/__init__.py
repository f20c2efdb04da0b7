"""`python -m bench.operating replica|hosts|outages|doors|upgrade`: what operating the site meets, on servers of its own that are thrown away. As root,
with the programs of PostgreSQL, Redis, nginx, openssl and faketime on the machine; `make operating` runs all of it.
"""
