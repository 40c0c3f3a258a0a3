"""Sends every client of an older AWS command line to the city.

`validate-logs` makes its S3 client itself and leaves `--endpoint-url` out; AWS_ENDPOINT_URL is only
read from version 2.13 on. Loaded as a plugin (`[plugins]` of the configuration file).
"""

import os


def awscli_initialize(cli):
    cli.register('session-initialized', redirect)


def redirect(session, **kwargs):
    create_client = session.create_client

    def create_city_client(service_name, *args, **kwargs):
        kwargs['endpoint_url'] = os.environ['AWS_ENDPOINT_URL']
        return create_client(service_name, *args, **kwargs)

    session.create_client = create_city_client
