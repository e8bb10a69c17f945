module example.com/webhook-intake

go 1.25
