kubectl expose deployment {{app}} --port=80
